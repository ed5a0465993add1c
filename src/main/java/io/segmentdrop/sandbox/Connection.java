package io.segmentdrop.sandbox;

import io.segmentdrop.sandbox.Fault.Effect;
import io.segmentdrop.sandbox.Fault.Manner;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** One connection: request after request, each with its fault, until one of the sides ends it. */
final class Connection {

    /** What every connection of one stand-in shares. */
    record Shared(Contract contract, FaultPlan faults, Journal journal, Stalls stalls) {}

    /** The connection was ended on purpose. */
    private static final class Ended extends IOException {
        Ended() {
            super("ended on purpose");
        }
    }

    private static final int LINGER_MILLIS = 2_000;

    private final Socket socket;
    private final Shared shared;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket, Shared shared) throws IOException {
        this.socket = socket;
        this.shared = shared;
        this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        this.out = socket.getOutputStream();
    }

    /** Serves until the connection ends. */
    void serve() throws IOException {
        if (shared.faults.atConnect() instanceof Fault.AtConnect(Manner manner)) {
            end(manner);
        }
        try {
            for (Head head = Head.read(in); head != null; head = Head.read(in)) {
                serve(head);
                if (head.header("connection").orElse("").equalsIgnoreCase("close")) {
                    return;
                }
            }
        } catch (ProtocolException notHttp) {
            out.write(Reply.json(400, "{\"message\":\"Bad request.\"}").bytes());
        }
    }

    private void serve(Head head) throws IOException {
        Journal.Entry entry = shared.journal.open(head, Instant.now());
        Fault fault = shared.faults.of(head);
        if (fault instanceof Fault.Early(Reply reply)) {
            shared.journal.put(entry.incomplete(0).ended(false, reply.status()));
            out.write(reply.with("Connection", "close").bytes());
            linger();
        }
        Body body = Body.of(head, in);
        prepare(head, fault, body);
        Contract.Work work;
        try {
            work = shared.contract.read(head, body);
        } catch (IOException e) {
            shared.journal.put(entry.incomplete(body.count()));
            throw e;
        }
        Journal.Entry whole = shared.journal.put(entry.complete(work.form(), body));
        answer(whole, work, shared.faults.settled(fault, head, work.form()));
    }

    private void prepare(Head head, Fault fault, Body body) throws IOException {
        switch (fault) {
            case Fault.AtConnect(Manner manner) -> body.trip(0, () -> end(manner));
            case Fault.InBody(long bytes, Manner manner) -> body.trip(bytes, () -> end(manner));
            default -> {}
        }
        if (head.header("expect").orElse("").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void answer(Journal.Entry entry, Contract.Work work, Fault fault) throws IOException {
        switch (fault) {
            case Fault.None none -> out.write(apply(entry, work).bytes());
            case Fault.AtConnect passed -> out.write(apply(entry, work).bytes());
            case Fault.InBody passed -> out.write(apply(entry, work).bytes());
            case Fault.Early passed -> throw new IllegalStateException("answered before: " + passed);
            case Fault.FirstTime open -> throw new IllegalStateException("not settled: " + open);
            case Fault.Answered(Effect effect, Reply reply) -> {
                note(entry, work, effect, reply.status());
                out.write(reply.bytes());
            }
            case Fault.Unanswered(Effect effect, Manner manner) -> unanswered(entry, work, effect, manner);
            case Fault.Truncated(int bytes, Manner manner) ->
                truncated(apply(entry, work).bytes(), bytes, manner);
            case Fault.TruncatedStatus(Manner manner) -> {
                Reply reply = apply(entry, work);
                truncated(reply.bytes(), reply.statusLineLength() - 4, manner);
            }
            case Fault.TruncatedBody(Manner manner) -> {
                byte[] reply = apply(entry, work).bytes();
                truncated(reply, reply.length - 1, manner);
            }
            case Fault.Dribbled dribbled -> dribble(apply(entry, work).bytes(), dribbled);
            case Fault.Raw(Effect effect, String latin1) -> {
                note(entry, work, effect, 0);
                out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
                throw new Ended();
            }
        }
    }

    /** Carries the request out and writes that down before the other side can see the answer. */
    private Reply apply(Journal.Entry entry, Contract.Work work) {
        Reply reply = work.apply().get();
        shared.journal.put(entry.ended(reply.status() == 201, reply.status()));
        return reply;
    }

    private void note(Journal.Entry entry, Contract.Work work, Effect effect, int status) {
        boolean applied = effect == Effect.APPLIED && work.apply().get().status() == 201;
        shared.journal.put(entry.ended(applied, status));
    }

    private void unanswered(Journal.Entry entry, Contract.Work work, Effect effect, Manner manner) throws IOException {
        if (manner == Manner.STALL && effect == Effect.APPLIED) {
            Reply reply = work.apply().get();
            shared.journal.put(entry.ended(reply.status() == 201, 0));
            silence();
            shared.journal.put(entry.ended(reply.status() == 201, reply.status()));
            out.write(reply.bytes());
        } else if (manner == Manner.STALL) {
            silence();
            out.write(apply(entry, work).bytes());
        } else {
            note(entry, work, effect, 0);
            end(manner);
        }
    }

    private void silence() throws IOException {
        if (!shared.stalls.untilReleasedOrLeft(socket)) {
            throw new Ended();
        }
    }

    private void truncated(byte[] reply, int bytes, Manner manner) throws IOException {
        int first = Math.min(bytes, reply.length);
        out.write(reply, 0, first);
        if (manner == Manner.STALL) {
            silence();
            out.write(Arrays.copyOfRange(reply, first, reply.length));
        } else {
            end(manner);
        }
    }

    private void dribble(byte[] reply, Fault.Dribbled dribbled) throws IOException {
        boolean released = false;
        for (byte one : reply) {
            out.write(one);
            released = released || shared.stalls.pause(dribbled.pause());
        }
    }

    /** Ends the connection, or returns once its silence was ended. */
    private void end(Manner manner) throws IOException {
        switch (manner) {
            case STALL -> shared.stalls.untilReleased();
            case CLOSE -> throw new Ended();
            case RESET -> {
                socket.setSoLinger(true, 0);
                throw new Ended();
            }
        }
    }

    /** Reads on for a while, so that the answer is not lost to a reset, then ends. */
    private void linger() throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(LINGER_MILLIS);
        in.transferTo(OutputStream.nullOutputStream());
        throw new Ended();
    }
}
