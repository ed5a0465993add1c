package io.segmentdrop.shell.routes;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's {@code file:}, whose consumer of a drop takes what the drop's watch found instead of listing the folder once more: a
 * folder may hold more names than there is memory for.
 */
@Component("file")
public final class WatchedFiles extends FileComponent {

    @Override
    protected GenericFileEndpoint<File> buildFileEndpoint(String uri, String remaining, Map<String, Object> parameters)
            throws Exception {
        FileEndpoint plain = (FileEndpoint) super.buildFileEndpoint(uri, remaining, parameters);
        FileEndpoint watched = new Watched(uri, this);
        watched.setFile(plain.getFile());
        watched.setConfiguration(plain.getConfiguration());
        return watched;
    }

    private static final class Watched extends FileEndpoint {

        Watched(String uri, FileComponent component) {
            super(uri, component);
        }

        @Override
        protected FileConsumer newFileConsumer(Processor processor, GenericFileOperations<File> operations) {
            return getFilter() instanceof DropWatch watch
                    ? new Shown(this, processor, operations, createGenericFileStrategy(), watch)
                    : super.newFileConsumer(processor, operations);
        }
    }

    private static final class Shown extends FileConsumer {

        private final DropWatch watch;

        Shown(
                FileEndpoint endpoint,
                Processor processor,
                GenericFileOperations<File> operations,
                GenericFileProcessStrategy<File> strategy,
                DropWatch watch) {
            super(endpoint, processor, operations, strategy);
            this.watch = watch;
        }

        @Override
        protected boolean pollDirectory(Exchange dynamic, String folder, List<GenericFile<File>> found, int depth) {
            for (String name : watch.names()) {
                File file = new File(folder, name);
                GenericFile<File> one = asGenericFile(
                        folder, file, getEndpoint().getCharset(), getEndpoint().isProbeContentType());
                Supplier<String> relative = getRelativeFilePath(folder, null, null, file);
                if (isValidFile(
                        dynamic, () -> one, file.getName(), file.getAbsolutePath(), relative, false, new File[] {file
                        })) {
                    found.add(one);
                }
            }
            return true;
        }
    }
}
