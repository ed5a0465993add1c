package io.segmentdrop.shell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.shell.config.DropSource.Local;
import io.segmentdrop.shell.config.DropSource.Sftp;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropSourceTest {

    @ParameterizedTest
    @CsvSource({
        "file:/srv/sftp/acme, /srv/sftp/acme",
        "file:///srv/sftp/acme, /srv/sftp/acme",
        "file:/srv/sftp/acme/, /srv/sftp/acme",
        "file:/srv/../srv/./acme, /srv/acme",
        "file:/srv/two words, /srv/two words",
        "file:/srv/two%20words, /srv/two words",
        "file:/srv/100%25, /srv/100%",
        "file:/srv/a+b, /srv/a+b",
        "file:/srv/zürich, /srv/zürich",
        "file:inbox, inbox",
        "file:./inbox/acme, inbox/acme",
    })
    void readsFolders(String from, Path folder) {
        assertThat(DropSource.of(from)).isEqualTo(new Local(folder.toAbsolutePath()));
    }

    @ParameterizedTest
    @CsvSource({
        "sftp://segdrop@sftp.acme.com:2222/outgoing, segdrop, sftp.acme.com, 2222, outgoing",
        "sftp://segdrop@SFTP.acme.com/out/going/, segdrop, sftp.acme.com, 22, out/going",
        "sftp://segdrop@sftp.acme.com/out going, segdrop, sftp.acme.com, 22, out going",
        "sftp://segdrop@sftp.acme.com/out%20going, segdrop, sftp.acme.com, 22, out going",
        "sftp://segdrop@sftp.acme.com, segdrop, sftp.acme.com, 22, ''",
        "sftp://segdrop@sftp.acme.com/, segdrop, sftp.acme.com, 22, ''",
        "sftp://a%40b@[::1]:22/x, a@b, [::1], 22, x",
    })
    void readsServers(String from, String user, String host, int port, String path) {
        assertThat(DropSource.of(from)).isEqualTo(new Sftp(user, host, port, path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                                | nothing
        /srv/acme                         | "/srv/acme"
        ftp://u@h/x                       | "ftp://u@h/x"
        file:                             | "file:" with no folder
        file://server/share               | "file://server/share" with a host name
        file:/srv/acme?delete=true        | "file:/srv/acme?delete=true" with a query
        file:/srv/acme#1                  | "file:/srv/acme#1" with a fragment
        file:/srv/100%                    | "file:/srv/100%" with a % that begins no escape (a % itself is written %25)
        sftp://sftp.acme.com/x            | "sftp://sftp.acme.com/x"
        sftp://u:secret@h/x               | "sftp://u:***@h/x"
        sftp://u:se@cret@h/x              | "sftp://u:***@h/x"
        sftp://u@h:0/x                    | "sftp://u@h:0/x" with the port 0
        sftp://u@h:70000/x                | "sftp://u@h:70000/x" with the port 70000
        sftp://u@h//srv/x                 | "sftp://u@h//srv/x" with a path that does not go straight down from the login directory
        sftp://u@h/../x                   | "sftp://u@h/../x" with a path that does not go straight down from the login directory
        sftp://u@h/x?delete=true          | "sftp://u@h/x?delete=true" with a query
        """)
    void refusesAnythingElse(String from, String found) {
        assertThatThrownBy(() -> DropSource.of(from))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected file:<folder> or sftp://<user>@<host>:<port>/<folder>, found " + found);
    }
}
