/** Measurements that a person runs; no test runs them. */
@NullMarked
package io.segmentdrop.bench;

import org.jspecify.annotations.NullMarked;
