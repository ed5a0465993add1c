package io.segmentdrop.shell.ledger;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.jdbc.core.RowMapper;

/**
 * Makes a record of a row by position: the columns are selected in the order of its components, which are numbers, texts,
 * enums by their names, and truths (0 or 1). Spring's own mapper looks each column up by two names, and in SQLite's driver
 * every miss is an exception: more work than the query itself.
 */
final class RecordMapper<T extends Record> implements RowMapper<T> {

    @FunctionalInterface
    private interface Cell {

        @Nullable
        Object read(ResultSet row, int column) throws SQLException;
    }

    private final Constructor<T> constructor;
    private final List<Cell> cells;

    RecordMapper(Class<T> type) {
        this.constructor = BeanUtils.getResolvableConstructor(type);
        this.cells = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .map(RecordMapper::cell)
                .toList();
    }

    @Override
    public T mapRow(ResultSet row, int number) throws SQLException {
        @Nullable Object[] values = new Object[cells.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = cells.get(i).read(row, i + 1);
        }
        return BeanUtils.instantiateClass(constructor, values);
    }

    private static Cell cell(Class<?> type) {
        if (type == String.class) {
            return ResultSet::getString;
        }
        if (type == long.class) {
            return ResultSet::getLong;
        }
        if (type == int.class) {
            return ResultSet::getInt;
        }
        if (type == boolean.class) {
            return ResultSet::getBoolean;
        }
        if (type == Long.class) {
            return (row, column) -> orNull(row.getLong(column), row);
        }
        if (type == Integer.class) {
            return (row, column) -> orNull(row.getInt(column), row);
        }
        return constant(type);
    }

    private static @Nullable Object orNull(Object value, ResultSet row) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static Cell constant(Class<?> type) {
        if (!type.isEnum()) {
            throw new IllegalArgumentException("expected a number, a text, an enum or a truth, found " + type);
        }
        Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(one -> ((Enum<?>) one).name(), one -> one));
        return (row, column) -> {
            String name = row.getString(column);
            Object found = name == null ? null : constants.get(name);
            if (name != null && found == null) {
                throw new SQLException(
                        "expected the name of a constant of " + type.getSimpleName() + ", found " + name);
            }
            return found;
        };
    }
}
