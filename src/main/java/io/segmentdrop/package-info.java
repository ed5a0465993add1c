/** segment-drop: drop folders in, OptiPub imports out; this package holds the ways in (server, command line) and the wiring. */
@NullMarked
package io.segmentdrop;

import org.jspecify.annotations.NullMarked;
