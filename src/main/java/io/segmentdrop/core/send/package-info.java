/** What is sent, what an answer means, and what happens next. */
@NullMarked
package io.segmentdrop.core.send;

import org.jspecify.annotations.NullMarked;
