package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Names;
import io.segmentdrop.shell.camel.Account;
import io.segmentdrop.shell.camel.Limits;
import io.segmentdrop.shell.camel.SftpDesk;
import io.segmentdrop.shell.camel.SftpFolder;
import io.segmentdrop.shell.ledger.Mirrored;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an SFTP drop, as its consumer and the steps of {@code routes/11-drop-sftp.camel.yaml} ask for it. What is
 * wanted, and by which connection, the {@link SftpDrop} says. For the consumer's thread; {@link #close} is for any.
 */
public final class SftpShare
        implements SftpDesk, GenericFileFilter<Object>, PollingConsumerPollStrategy, AutoCloseable {

    private final SftpDrop drop;
    private final int number;
    private volatile @Nullable SftpFolder folder;
    private volatile Duration rests = Duration.ZERO;
    private volatile boolean connects;
    private Map<String, SftpLot> lots = Map.of();

    SftpShare(SftpDrop drop, int number) {
        this.drop = drop;
        this.number = number;
    }

    /** The first connects whenever the server may be asked, the others beside one that is there. */
    boolean isFirst() {
        return number == 0;
    }

    /** Whether its poll came no further than to connect. */
    boolean isConnecting() {
        return connects;
    }

    boolean isConnected() {
        SftpFolder at = folder;
        return at != null && at.isOpen();
    }

    @Nullable
    SftpFolder folder() {
        return folder;
    }

    /** Until when the server is not asked for this connection, by the ticker. */
    Duration rests() {
        return rests;
    }

    void restUntil(Duration until) {
        rests = until;
    }

    @Override
    public Account.SignIn signIn() {
        return drop.setup().account().signIn();
    }

    @Override
    public Limits limits() {
        return drop.setup().limits();
    }

    /** A poll begins, if the server may be asked now. */
    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        end();
        connects = !isConnected();
        return drop.lets(this);
    }

    @Override
    public void connected(SftpFolder now) {
        folder = now;
        connects = false;
        if (drop.isEnded()) {
            now.close();
        }
    }

    @Override
    public List<String> look(SftpFolder at) throws IOException {
        lots = SftpLot.of(drop.look(this, at));
        return List.copyOf(lots.keySet());
    }

    /** No name but those of this poll passes, and each is judged once more. */
    @Override
    public boolean accept(GenericFile<Object> file) {
        return lots.containsKey(file.getFileName()) && Names.judge(file.getFileName()) == null;
    }

    @Override
    public SftpFetched fetch(String name) {
        SftpLot lot = Objects.requireNonNull(lots.get(name), "expected a name of this poll");
        if (lot.begins()) {
            drop.fetch(this, lot);
        }
        return lot.fetched(name);
    }

    /** A step of the route: gives the pairs of a lot their names in the spool. */
    public void mirror(List<Mirrored.Row> rows) {
        drop.mirror(this, rows);
    }

    /** A step of the route: removes from the server, or moves there, what is in custody. */
    public void clear() {
        drop.clear(this);
    }

    /** A step of the route: carries receipts and rejects to the server. */
    public void carry() {
        drop.carry(this);
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        SftpFolder at = folder;
        if (at != null && polled == 0) {
            at.rest();
        }
        end();
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
        drop.failed(this, cause);
        end();
        return false;
    }

    private void end() {
        Set<String> left = new HashSet<>();
        for (SftpLot lot : lots.values()) {
            lot.ready().forEach(one -> left.add(one.what().csvName()));
            lot.close();
        }
        lots = Map.of();
        drop.release(this, left);
    }

    /** Ends the connection at once. */
    @Override
    public void close() {
        SftpFolder at = folder;
        if (at != null) {
            at.close();
        }
    }
}
