/** What can be wrong, said once: the stable codes, their verdicts and the shape in which a fault reaches a person. */
@NullMarked
package io.segmentdrop.core.problem;

import org.jspecify.annotations.NullMarked;
