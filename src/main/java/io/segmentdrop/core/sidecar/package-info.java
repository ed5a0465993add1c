/** The sidecar and the options that come of it: what the partner wrote, the drop's defaults and the drop's policy. */
@NullMarked
package io.segmentdrop.core.sidecar;

import org.jspecify.annotations.NullMarked;
