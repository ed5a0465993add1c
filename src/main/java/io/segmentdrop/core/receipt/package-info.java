/** What the partner is told. */
@NullMarked
package io.segmentdrop.core.receipt;

import org.jspecify.annotations.NullMarked;
