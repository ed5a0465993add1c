package io.segmentdrop.shell.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Free-form values as they were written. The binder of Spring Boot knows no lists inside of free-form maps and hands them over
 * as maps of {@code 0, 1, 2 …}; and a YAML null as an empty text.
 */
final class YamlValues {

    private YamlValues() {}

    static Map<String, Object> mended(Map<String, ?> values) {
        Map<String, @Nullable Object> mended = new LinkedHashMap<>();
        values.forEach((key, value) -> mended.put(key, mend(value)));
        return nullable(mended);
    }

    private static @Nullable Object mend(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> mended = new LinkedHashMap<>();
            map.forEach((key, inner) -> mended.put(String.valueOf(key), mend(inner)));
            return isList(mended) ? list(mended) : Collections.unmodifiableMap(mended);
        }
        return "".equals(value) ? null : value;
    }

    private static boolean isList(Map<String, ?> map) {
        return !map.isEmpty()
                && java.util.stream.IntStream.range(0, map.size()).allMatch(i -> map.containsKey(String.valueOf(i)));
    }

    private static List<@Nullable Object> list(Map<String, @Nullable Object> map) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            list.add(map.get(String.valueOf(i)));
        }
        return Collections.unmodifiableList(list);
    }

    // a component of a bound record cannot say that its map's values may be null
    @SuppressWarnings({"unchecked", "NullAway"})
    private static Map<String, Object> nullable(Map<String, @Nullable Object> map) {
        return (Map<String, Object>) (Map<String, ?>) Collections.unmodifiableMap(map);
    }
}
