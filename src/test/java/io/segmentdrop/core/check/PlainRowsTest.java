package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.split.Hashing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is plain and taken in runs, and what is left to the rules. */
class PlainRowsTest {

    private static final String HEADER = "email,varr_a,varr_b,tag-add\n";
    private static final String PLAIN = "first.last@example.com,a,b,VIP\n";

    /** How many rows are taken before the first one that is left. */
    private static long taken(String header, String rows, String rules) throws IOException {
        byte[] file = (header + rows).getBytes(StandardCharsets.UTF_8);
        CheckRules held = Checks.rules(rules, file);
        Hashing hashing = new Hashing(1 << 14, Runnable::run);
        Window window = new Window(new Source(new ByteArrayInputStream(file), hashing), 4096, hashing);
        RecordReader reader = new RecordReader(window);
        assertThat(reader.next()).isEqualTo(RecordReader.Step.RECORD);
        Tally tally = new Tally();
        Header judged = Objects.requireNonNull(HeaderRules.judge(reader.fields(), held, tally));
        CsvCheck.Sinks nowhere =
                new CsvCheck.Sinks((from, to) -> OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        PlainRows plain = new PlainRows(window, new Rows(judged, held, nowhere, tally, hashing), judged, held, true);
        plain.take();
        return plain.taken();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co,,,\n",
                "First_Last+tag@mail-1.sub.example.museum,a,b,VIP\n",
                "\"a@b.co\",\"a,b\",\"\",\"VIP,News\"\n",
                "a@b.co,  spaces kept  ,it's,VIP\n",
                "a@b.co,12345,9.99,7\n",
                "a@b.co,New York,none of it,\n",
                "{odd}!#$%&'*/=?^`|~@b.co,a,b,c\n",
                "a@b.co,\"say \"\"hi\"\"\",\"\"\"\",\"a\"\"\"\n",
                "a@b.co,\"two\nlines, of one\",b,c\n",
                "a@b.co,M\u00fcller,\"\u00e9, \u65e5\",\u00e9\n",
                "a@b.co,Norway,None of it,c\n",
                "a@b.co,\"9.99\",0.5,c\n"
            })
    void takesWhatNoRuleCanObjectTo(String row) throws IOException {
        assertThat(taken(HEADER, PLAIN + row + PLAIN, "")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co,a,b\n",
                "a@b.co,a,b,c,d\n",
                "\n",
                "nobody,a,b,c\n",
                " a@b.co,a,b,c\n",
                "a@xn--bcher-kva.example,a,b,c\n",
                "\"a\"\"@b.co\",a,b,c\n",
                "\"a\n@b.co\",a,b,c\n",
                "a@b.co,a,b,\"c\nd\"\n",
                "a@b.co,\"two\r\nlines\",b,c\n",
                "\u00e9@b.co,a,b,c\n",
                "a@b.co,\u201ca\u201d,b,c\n",
                "a@b.co,\u00c3\u00bc,b,c\n",
                "a@b.co,a\u2028b,b,c\n",
                "a@b.co,\"a\"\u00e9,b,c\n",
                "a@b.co,a\u007f,b,c\n",
                "a@b.co,\"=1+1\",b,c\n",
                "a@b.co,\"None\",b,c\n",
                "a@b.co,5\"6,b,c\n",
                "a@b.co,\"a\" ,b,c\n",
                "a@b.co,a,b,c\r\n",
                "a@b.co,tab\there,b,c\n",
                "a@b.co,=1+1,b,c\n",
                "a@b.co,NULL,b,c\n",
                "a@b.co,1.23E+15,b,c\n",
                "a@b.co,a,b, c\n"
            })
    void leavesWhatNeedsALook(String row) throws IOException {
        assertThat(taken(HEADER, PLAIN + row + PLAIN, "")).isEqualTo(1);
    }

    @Test
    void leavesEveryRowWhereAllAreChanged() throws IOException {
        assertThat(taken("name,email,x\n", "a,a@b.co,b\n", "columns=name>varr_name"))
                .isZero();
        assertThat(taken("email,varr_a,\n", "a@b.co,b,\n", "")).isZero();
        assertThat(taken("email\n", "a@b.co\n", "suppression=md5 hash")).isZero();
    }

    @Test
    void takesHashesOfTheirTypeInLowerCase() throws IOException {
        String hash = "0123456789abcdef".repeat(2) + "\n";
        assertThat(taken("email\n", hash + hash, "suppression=md5")).isEqualTo(2);
        assertThat(taken("email\n", hash + hash.toUpperCase(java.util.Locale.ROOT), "suppression=md5"))
                .isEqualTo(1);
        assertThat(taken("email\n", "d41d8cd98f00b204e9800998ecf8427e\n", "suppression=md5"))
                .isZero();
    }

    @Test
    void leavesTheRowThatTheChunkHasNoRoomFor() throws IOException {
        assertThat(taken(HEADER, PLAIN.repeat(5), "chunkRows=3")).isEqualTo(3);
        assertThat(taken(HEADER, PLAIN.repeat(5), "chunkBytes=100")).isEqualTo(2);
    }

    /** Whatever an address is made of: those that are known are right, and most that are right are known. */
    @Test
    void knowsRightAddressesOnly() {
        Random random = new Random(5);
        PlainAddress plain = new PlainAddress();
        List<String> wrong = new ArrayList<>();
        int known = 0;
        int right = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder("ab@c1.co");
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                int at = random.nextInt(text.length() + 1);
                text.insert(at, "aZ09.-_+@'\" ;/x".charAt(random.nextInt(15)));
                text.deleteCharAt(random.nextInt(text.length()));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
            boolean isRight = Address.check(bytes, 0, bytes.length) == null;
            boolean isKnown = plain.knows(bytes, 0, bytes.length);
            if (isKnown && !isRight) {
                wrong.add(text.toString());
            }
            right += isRight ? 1 : 0;
            known += isKnown ? 1 : 0;
        }
        assertThat(wrong).isEmpty();
        assertThat(known).isGreaterThan(right * 9 / 10);
    }
}
