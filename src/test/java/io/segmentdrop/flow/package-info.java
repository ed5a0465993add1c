/** The real jar in a process of its own, from the drop to the receipt. */
@NullMarked
package io.segmentdrop.flow;

import org.jspecify.annotations.NullMarked;
