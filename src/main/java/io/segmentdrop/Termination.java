package io.segmentdrop;

import static java.lang.invoke.MethodHandles.dropArguments;
import static java.lang.invoke.MethodHandles.insertArguments;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;

/**
 * SIGTERM is how a program is asked to end, so that ending then is a success: the JVM's own answer, 143, is taken for a crash by
 * whatever watches the process. The JVM's shutdown hooks run as ever.
 */
final class Termination {

    private Termination() {}

    /** From now on a SIGTERM ends the program with this code. */
    static void endsWith(int code) {
        try {
            // by name, since the compiler warns of sun.misc without end; there is no other way to a signal
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle exit =
                    MethodHandles.lookup().findStatic(System.class, "exit", methodType(void.class, int.class));
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("TERM"),
                            MethodHandleProxies.asInterfaceInstance(
                                    handler, dropArguments(insertArguments(exit, 0, code), 0, signal)));
        } catch (ReflectiveOperationException | LinkageError e) {
            // another JVM, or one that was started with -Xrs: it ends with its own code
        }
    }
}
