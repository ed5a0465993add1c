package io.segmentdrop.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;

/** The ledger's connection, each statement and commit counted; one of them may go wrong. */
public final class CountedLedger {

    private static final Set<String> COUNTED = Set.of("prepareStatement", "commit");

    private CountedLedger() {}

    /** What is done with a statement or a commit. */
    private interface Around {
        Object through(String what, Calls.Call<Object, SQLException> call) throws SQLException;
    }

    /** The same data source, counted. */
    public static DataSource of(DataSource source, Calls calls) {
        return of(
                source,
                (what, call) ->
                        calls.through("ledger: " + what, failed -> new SQLException("disk I/O error", null, 10), call));
    }

    /** The same data source, not counted, which does nothing more once the program has ended. */
    public static DataSource untilTheKill(DataSource source, Calls calls) {
        return of(source, (what, call) -> {
            calls.goOn();
            return call.run();
        });
    }

    private static DataSource of(DataSource source, Around around) {
        return proxy(DataSource.class, (self, method, arguments) -> {
            Object result = invoke(source, method, arguments);
            return result instanceof Connection connection ? of(connection, around) : result;
        });
    }

    private static Connection of(Connection connection, Around around) {
        return proxy(
                Connection.class,
                (self, method, arguments) -> COUNTED.contains(method.getName())
                        ? around.through(name(method, arguments), () -> invoked(connection, method, arguments))
                        : invoke(connection, method, arguments));
    }

    private static String name(Method method, Object[] arguments) {
        if (method.getName().equals("commit")) {
            return "commit";
        }
        String[] words =
                ((String) arguments[0]).strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        return switch (words[0]) {
            case "update" -> "update " + words[1];
            case "insert", "delete" -> words[0] + " " + words[2];
            default -> words[0];
        };
    }

    private static Object invoked(Object target, Method method, Object[] arguments) throws SQLException {
        try {
            return invoke(target, method, arguments);
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
