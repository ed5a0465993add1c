/** The states of imports and chunks, and the steps between them. */
@NullMarked
package io.segmentdrop.core.ledger;

import org.jspecify.annotations.NullMarked;
