/** The JSON of the operations API, and who may use it. */
@NullMarked
package io.segmentdrop.shell.ops;

import org.jspecify.annotations.NullMarked;
