/** What several tests share. */
@NullMarked
package io.segmentdrop.testkit;

import org.jspecify.annotations.NullMarked;
