/** The ledger in SQLite. */
@NullMarked
package io.segmentdrop.shell.ledger;

import org.jspecify.annotations.NullMarked;
