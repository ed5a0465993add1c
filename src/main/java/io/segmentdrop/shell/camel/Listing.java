package io.segmentdrop.shell.camel;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.ChannelSftp.LsEntrySelector;
import com.jcraft.jsch.SftpATTRS;
import io.segmentdrop.core.drop.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps what is wanted of a listing while it comes, and counts the rest: a folder may hold more names than there is memory for. */
final class Listing implements LsEntrySelector {

    private final Predicate<Entry> wanted;
    private final int most;
    private final List<Entry> kept = new ArrayList<>();
    private long others;
    private boolean cut;

    Listing(Predicate<Entry> wanted, int most) {
        this.wanted = wanted;
        this.most = most;
    }

    @Override
    public int select(LsEntry one) {
        Entry entry = entry(one.getFilename(), one.getAttrs());
        if (entry.name().equals(".") || entry.name().equals("..")) {
            return CONTINUE;
        }
        boolean keep = wanted.test(entry);
        cut |= keep && kept.size() >= most;
        if (keep && kept.size() < most) {
            kept.add(entry);
        } else {
            others++;
        }
        return CONTINUE;
    }

    SftpFolder.Listed result() {
        return new SftpFolder.Listed(List.copyOf(kept), others, cut);
    }

    static Entry entry(String name, SftpATTRS attributes) {
        boolean dated = (attributes.getFlags() & SftpATTRS.SSH_FILEXFER_ATTR_ACMODTIME) != 0;
        boolean sized = (attributes.getFlags() & SftpATTRS.SSH_FILEXFER_ATTR_SIZE) != 0;
        return new Entry(
                name,
                kind(attributes),
                sized ? attributes.getSize() : 0,
                dated ? TimeUnit.SECONDS.toNanos(Integer.toUnsignedLong(attributes.getMTime())) : 0,
                "",
                1,
                0);
    }

    private static Entry.Kind kind(SftpATTRS attributes) {
        if (attributes.isLink()) {
            return Entry.Kind.LINK;
        }
        if (attributes.isDir()) {
            return Entry.Kind.DIRECTORY;
        }
        return attributes.isReg() ? Entry.Kind.FILE : Entry.Kind.OTHER;
    }
}
