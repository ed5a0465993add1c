/** Where an import ends. */
@NullMarked
package io.segmentdrop.core.settle;

import org.jspecify.annotations.NullMarked;
