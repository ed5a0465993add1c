/** What lies in a drop: names, pairs, and when a pair is complete. */
@NullMarked
package io.segmentdrop.core.drop;

import org.jspecify.annotations.NullMarked;
