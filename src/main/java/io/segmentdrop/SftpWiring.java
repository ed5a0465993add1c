package io.segmentdrop;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.camel.Account;
import io.segmentdrop.shell.camel.HardenedSftpComponent;
import io.segmentdrop.shell.camel.Limits;
import io.segmentdrop.shell.config.AfterTake;
import io.segmentdrop.shell.config.DropProperties;
import io.segmentdrop.shell.config.DropSource;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.config.SftpProperties;
import io.segmentdrop.shell.files.Bells;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.files.Turns;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.Mirrored;
import io.segmentdrop.shell.routes.Drop;
import io.segmentdrop.shell.routes.DropPace;
import io.segmentdrop.shell.routes.DropRoom;
import io.segmentdrop.shell.routes.DropWatch;
import io.segmentdrop.shell.routes.Drops;
import io.segmentdrop.shell.routes.EarlyReceipts;
import io.segmentdrop.shell.routes.KnownFolders;
import io.segmentdrop.shell.routes.ProofHashes;
import io.segmentdrop.shell.routes.SftpDrop;
import io.segmentdrop.shell.routes.SftpDrops;
import io.segmentdrop.shell.routes.SftpLots;
import io.segmentdrop.shell.routes.TakeStage;
import io.segmentdrop.shell.routes.Untold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The drops, on this machine and on SFTP servers, as the templates in {@code routes/} name them. */
@Configuration(proxyBeanMethods = false)
class SftpWiring {

    /** A leftover in the spool was one on the server, for as long as it may be. */
    private static final Duration SPOOL = Duration.ofSeconds(5);

    @Bean
    Bells bells() {
        return Bells.start();
    }

    @Bean
    Mirrored mirrored(LedgerDatabase ledger) {
        return new Mirrored(ledger);
    }

    @Bean("sftp-component")
    HardenedSftpComponent hardenedSftp() {
        return new HardenedSftpComponent();
    }

    @Bean
    SftpLots sftpLots() {
        return new SftpLots();
    }

    @Bean
    SftpDrops sftpDrops(SegmentDropProperties properties, Drops drops) {
        Map<String, SftpDrop.Setup> setups = new LinkedHashMap<>();
        properties.drops().forEach((name, drop) -> {
            if (drop.source() instanceof DropSource.Sftp server) {
                setups.put(
                        name,
                        new SftpDrop.Setup(
                                drops.find(name).orElseThrow(),
                                account(server, drop.sftp()),
                                limits(drop.sftp()),
                                patience(drop),
                                drop.afterTake() == AfterTake.KEEP,
                                drop.sftp().connections()));
            }
        });
        return new SftpDrops(setups);
    }

    /** One watch and its pace for each drop, and one mirror for each that is on a server, under the names that the templates ask for. */
    @Bean
    CamelContextConfiguration dropsBeforeCamelStarts(
            Drops drops,
            SftpDrops servers,
            TakeStage take,
            DropBoard board,
            Disk disk,
            Reserve reserve,
            Imports imports,
            Mirrored mirrored,
            KnownFolders folders,
            Untold untold,
            ObjectMapper json,
            Bells bells,
            Together together,
            RandomGenerator random,
            Clock clock,
            Ticker ticker) {
        DropBoard spools = new DropBoard();
        Turns hashing = new Turns();
        return CamelStart.of(camel -> {
            drops.all().forEach(drop -> {
                DropBoard sees = servers.names().contains(drop.name()) ? spools : board;
                Bells.Bell bell = bells.of(drop.folder().path());
                EarlyReceipts early = new EarlyReceipts(drop, drop.tellAfter(), json, untold);
                DropWatch watch = new DropWatch(
                        drop,
                        sees,
                        room(drop, drops, reserve, imports),
                        clock,
                        ticker,
                        take::goOn,
                        new ProofHashes(drop.folder(), ProofHashes.threads(drop.name()), hashing, bell::ring),
                        folders,
                        early);
                camel.getRegistry().bind("watch-" + drop.name(), watch);
                camel.getRegistry().bind("pace-" + drop.name(), new DropPace(watch, bell, drop.scanEvery()));
            });
            for (SftpDrop.Setup setup : servers.setups()) {
                SftpDrop drop = new SftpDrop(
                        setup,
                        board,
                        spools,
                        disk,
                        room(setup.drop(), drops, reserve, imports),
                        imports,
                        mirrored,
                        together,
                        random,
                        clock,
                        ticker);
                servers.started(drop);
                for (int connection = 0; connection < setup.connections(); connection++) {
                    String desk = "sftp-" + connection + "-" + setup.drop().name();
                    camel.getRegistry().bind(desk, drop.shares().get(connection));
                }
            }
        });
    }

    private static DropRoom room(Drop drop, Drops drops, Reserve reserve, Imports imports) {
        return new DropRoom(drop, reserve, imports.takes()::load, drops.all().size());
    }

    /** What is in a spool was found complete on its server. */
    static Watch.Settings localPatience(DropProperties drop) {
        if (drop.source() instanceof DropSource.Sftp) {
            Duration orphan = drop.orphanAfter().compareTo(SPOOL) < 0 ? drop.orphanAfter() : SPOOL;
            return new Watch.Settings(Duration.ZERO, orphan).lookingEvery(drop.scanEvery());
        }
        return patience(drop);
    }

    private static Watch.Settings patience(DropProperties drop) {
        return new Watch.Settings(drop.settleFor(), drop.orphanAfter()).lookingEvery(drop.scanEvery());
    }

    private static Account account(DropSource.Sftp server, SftpProperties sftp) {
        return new Account(
                server.user(),
                server.host(),
                server.port(),
                server.path(),
                signIn(sftp),
                Path.of(Objects.requireNonNull(sftp.knownHostsFile())));
    }

    private static Account.SignIn signIn(SftpProperties sftp) {
        if (sftp.privateKeyFile() == null) {
            return new Account.SignIn.Password(Path.of(Objects.requireNonNull(sftp.passwordFile())));
        }
        Path passphrase = sftp.passphraseFile() == null ? null : Path.of(sftp.passphraseFile());
        return new Account.SignIn.Key(Path.of(sftp.privateKeyFile()), passphrase(sftp, passphrase), passphrase);
    }

    private static Supplier<@Nullable String> passphrase(SftpProperties sftp, @Nullable Path file) {
        if (file == null) {
            return () -> sftp.passphrase() == null ? null : sftp.passphrase().value();
        }
        return () -> {
            try {
                return Files.readString(file).lines().findFirst().orElse("");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static Limits limits(SftpProperties sftp) {
        return new Limits(
                sftp.connectTimeout(),
                sftp.exchangeTimeout(),
                sftp.signInTimeout(),
                sftp.listTimeout(),
                sftp.readTimeout());
    }
}
