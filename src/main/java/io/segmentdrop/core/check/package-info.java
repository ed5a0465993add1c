/** The check of a whole CSV: header, rows, addresses; what is sent instead, and what is refused and why. */
@NullMarked
package io.segmentdrop.core.check;

import org.jspecify.annotations.NullMarked;
