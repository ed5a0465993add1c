package io.segmentdrop;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGTERM is how a program is asked to end, so that ending then is a success: the JVM's own answer, 143, is taken for a crash by
 * whatever watches the process. The JVM's shutdown hooks run as ever.
 */
final class Termination {

    private Termination() {}

    /** From now on a SIGTERM ends the program with this code. */
    static void endsWith(int code) {
        InvocationHandler exit = (me, called, arguments) -> switch (called.getName()) {
            case "hashCode" -> System.identityHashCode(me);
            case "equals" -> me == arguments[0];
            case "toString" -> "ends the program";
            default -> {
                System.exit(code);
                yield null;
            }
        };
        try {
            // by name, since the compiler warns of sun.misc without end; there is no other way to a signal
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("TERM"),
                            Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, exit));
        } catch (ReflectiveOperationException | LinkageError e) {
            // another JVM, or one that was started with -Xrs: it ends with its own code
        }
    }
}
