/** Who may use the web server, and what holds off those who may not. */
@NullMarked
package io.segmentdrop.shell.ops.security;

import org.jspecify.annotations.NullMarked;
