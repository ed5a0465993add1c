/** When a drop's files are expected, and whether they came. */
@NullMarked
package io.segmentdrop.core.calendar;

import org.jspecify.annotations.NullMarked;
