/** The pages of operations: what the JSON says, for people. Whatever a partner wrote is text in them. */
@NullMarked
package io.segmentdrop.shell.ops.page;

import org.jspecify.annotations.NullMarked;
