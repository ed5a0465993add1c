/** The rules of the house: how the code is built, laid out, formatted and documented, each proved red once. */
@NullMarked
package io.segmentdrop.house;

import org.jspecify.annotations.NullMarked;
