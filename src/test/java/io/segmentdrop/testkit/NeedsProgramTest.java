package io.segmentdrop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeedsProgramTest {

    @Test
    void runsWhereTheProgramIs() {
        assertThat(NeedsProgramCondition.judge("/bin/sh").isDisabled()).isFalse();
    }

    @Test
    void namesTheFirstMissingProgram() {
        var result = NeedsProgramCondition.judge("/bin/sh", "/no/such/sshd", "/no/such/browser");

        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).contains("needs program /no/such/sshd, which this machine lacks");
    }
}
