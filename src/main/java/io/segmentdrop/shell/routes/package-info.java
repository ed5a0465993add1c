/** The beans of the routes: each reads an exchange, asks the core, writes the ledger and puts the result back. */
@NullMarked
package io.segmentdrop.shell.routes;

import org.jspecify.annotations.NullMarked;
