package io.segmentdrop.testkit;

import java.io.IOException;
import java.net.URL;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Keeps the tests' own configurations out of a program that is started inside a test and looks for its parts. */
public final class NoTestClasses extends TypeExcludeFilter {

    private static final URL TESTS =
            NoTestClasses.class.getProtectionDomain().getCodeSource().getLocation();

    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
        return type.getResource().getURL().toString().startsWith(TESTS.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoTestClasses;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
