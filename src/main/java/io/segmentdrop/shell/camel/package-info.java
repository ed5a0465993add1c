/**
 * Camel's {@code sftp:}, hardened: phases with deadlines, pinned host keys, no name that was not judged, no link followed. The
 * classes of the session know JSch alone; those whose names begin with {@code Hardened} make it Camel's.
 */
@NullMarked
package io.segmentdrop.shell.camel;

import org.jspecify.annotations.NullMarked;
