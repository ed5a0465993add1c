/** What operations are told, and in which words. */
@NullMarked
package io.segmentdrop.core.notice;

import org.jspecify.annotations.NullMarked;
