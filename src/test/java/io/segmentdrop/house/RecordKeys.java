package io.segmentdrop.house;

import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration keys of a record that is a map's value, of which Spring's metadata says nothing: their names and defaults
 * from the record, their meanings from the {@code @param} lines of its source.
 */
final class RecordKeys {

    private RecordKeys() {}

    /**
     * One row a key: name, default, meaning.
     *
     * @param type the record's name, as {@link Class#getName} gives it
     * @param sources the folder of the sources
     */
    static List<List<String>> of(String prefix, String type, Path sources) {
        try {
            Class<?> found = Class.forName(type);
            return Arrays.stream(found.getDeclaredConstructors()[0].getParameters())
                    .flatMap(parameter -> rows(prefix, found, parameter, sources))
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new AssertionError("expected a record, found no class " + type, e);
        }
    }

    private static Stream<List<String>> rows(String prefix, Class<?> owner, Parameter parameter, Path sources) {
        String name = prefix + parameter.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        if (isGroup(owner, parameter)) {
            return of(name + ".", parameter.getType().getName(), sources).stream();
        }
        return Stream.concat(
                Stream.of(List.of(name, defaultOf(parameter), meaning(owner, parameter.getName(), sources))),
                recordsIn(parameter.getParameterizedType())
                        .flatMap(element -> of(name + "[].", element.getName(), sources).stream()));
    }

    /** True for what the metadata would take for a group of keys, and not for a value that happens to be a record. */
    private static boolean isGroup(Class<?> owner, Parameter parameter) {
        try {
            return owner.getDeclaredField(parameter.getName()).isAnnotationPresent(NestedConfigurationProperty.class);
        } catch (NoSuchFieldException e) {
            throw new AssertionError("expected a record, found " + owner, e);
        }
    }

    private static Stream<Class<?>> recordsIn(Type type) {
        return type instanceof ParameterizedType list
                        && list.getRawType() == List.class
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                        && element.isRecord()
                ? Stream.of(element)
                : Stream.of();
    }

    private static String defaultOf(Parameter parameter) {
        DefaultValue value = parameter.getAnnotation(DefaultValue.class);
        return value == null ? "" : String.join(",", value.value());
    }

    private static String meaning(Class<?> owner, String component, Path sources) {
        Path source = sources.resolve(owner.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java");
        String text = ProjectFiles.read(source);
        Pattern param = Pattern.compile("@param " + component + " (.*?)\\n\\s*\\*(?:/| @|\\s*\\n)", Pattern.DOTALL);
        Matcher matcher = param.matcher(javadocBefore(owner, text));
        if (!matcher.find()) {
            throw new AssertionError("expected @param " + component + " on " + owner.getSimpleName());
        }
        return matcher.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ");
    }

    private static String javadocBefore(Class<?> owner, String text) {
        String head = text.substring(0, text.indexOf("record " + owner.getSimpleName() + "("));
        return head.substring(head.lastIndexOf("/**"));
    }
}
