/** The routes themselves: the very files of {@code routes/}, with every part real but the API. */
@NullMarked
package io.segmentdrop.routes;

import org.jspecify.annotations.NullMarked;
