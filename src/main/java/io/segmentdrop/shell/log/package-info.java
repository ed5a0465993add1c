/** Keeps the log from stopping what it tells of. */
@NullMarked
package io.segmentdrop.shell.log;

import org.jspecify.annotations.NullMarked;
