/** Health and metrics. */
@NullMarked
package io.segmentdrop.shell.health;

import org.jspecify.annotations.NullMarked;
