/** The configuration, and the start-up checks that refuse to run unsafe. */
@NullMarked
package io.segmentdrop.shell.config;

import org.jspecify.annotations.NullMarked;
