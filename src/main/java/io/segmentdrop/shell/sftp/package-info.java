/** The client of SFTP servers: phases with deadlines, pinned host keys, no name that was not judged, no link followed. */
@NullMarked
package io.segmentdrop.shell.sftp;

import org.jspecify.annotations.NullMarked;
