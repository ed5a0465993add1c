package io.segmentdrop.shell.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The keys that there are, read from the records that they are bound to. */
public final class ConfigurationKeys {

    private static final int NEAR = 3;

    private ConfigurationKeys() {}

    /** Every key in full, such as {@code segment-drop.drops.<name>.segments[].id}, in the order of the records. */
    public static List<String> all() {
        List<String> keys = new ArrayList<>();
        collect(SegmentDropProperties.class, SegmentDropProperties.PREFIX, keys);
        return List.copyOf(keys);
    }

    private static void collect(Class<?> type, String prefix, List<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = prefix + "." + key(component);
            Class<?> inner = inner(component);
            if (inner == null) {
                keys.add(key);
            } else {
                collect(inner, key + between(component), keys);
            }
        }
    }

    /** The key, in full, that an unknown one was probably meant to be. */
    static Optional<String> nearest(ConfigurationPropertyName unknown) {
        return nearest(SegmentDropProperties.class, unknown, 1);
    }

    private static Optional<String> nearest(Class<?> type, ConfigurationPropertyName unknown, int at) {
        if (at >= unknown.getNumberOfElements()) {
            return Optional.empty();
        }
        String element = unknown.getElement(at, Form.UNIFORM);
        for (RecordComponent component : type.getRecordComponents()) {
            if (uniform(key(component)).equals(element)) {
                Class<?> inner = inner(component);
                int next = at + (between(component).isEmpty() ? 1 : 2);
                return inner == null ? Optional.empty() : nearest(inner, unknown, next);
            }
        }
        return Stream.of(type.getRecordComponents())
                .map(ConfigurationKeys::key)
                .filter(key -> distance(uniform(key), element) < NEAR)
                .min(Comparator.comparingInt(key -> distance(uniform(key), element)))
                .map(key -> unknown.chop(at).append(key).toString());
    }

    private static String key(RecordComponent component) {
        return DataObjectPropertyName.toDashedForm(component.getName());
    }

    private static String uniform(String key) {
        return key.replace("-", "");
    }

    /** The record below a component, also below a list's or map's index; null if it is a value. */
    private static @Nullable Class<?> inner(RecordComponent component) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType generic) {
            type = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
        }
        return type instanceof Class<?> inner && inner.isRecord() && inner != Secret.class ? inner : null;
    }

    private static String between(RecordComponent component) {
        if (Map.class.isAssignableFrom(component.getType())) {
            return ".<name>";
        }
        return Collection.class.isAssignableFrom(component.getType()) ? "[]" : "";
    }

    /** How many characters must be inserted, removed or replaced. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
