/** The cut of a checked CSV into chunks. */
@NullMarked
package io.segmentdrop.core.split;

import org.jspecify.annotations.NullMarked;
