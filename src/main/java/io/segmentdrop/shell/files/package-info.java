/** The files in our custody: taken, kept, and put away in a durable order. */
@NullMarked
package io.segmentdrop.shell.files;

import org.jspecify.annotations.NullMarked;
