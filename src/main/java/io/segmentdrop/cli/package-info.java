/** The command line: check a file as the server would, without Spring and without a network. */
@NullMarked
package io.segmentdrop.cli;

import org.jspecify.annotations.NullMarked;
