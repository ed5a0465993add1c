/** What every part of the shell shares: the seam to time that no clock changes. */
@NullMarked
package io.segmentdrop.shell;

import org.jspecify.annotations.NullMarked;
