/** The sandbox: a stand-in of the API and drops filled with samples. */
@NullMarked
package io.segmentdrop.sandbox;

import org.jspecify.annotations.NullMarked;
