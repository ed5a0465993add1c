package io.segmentdrop.core.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResendClassTest {

    @ParameterizedTest(name = "{0} [{1}] -> {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // membership alone
                "clear=false                                               | -       | SAFE",
                "clear=false subscriptionAction=none                       | -       | SAFE",
                "clear=false activeStatus=null                             | -       | SAFE",
                "clear=false suppression=md5 hash=true                     | -       | SAFE",
                "clear=false subscriptionAction=create_only                | -       | SAFE",
                "clear=false subscriptionAction=create_only activeStatus=true | -    | SAFE",
                "clear=false replaceTags=false createSmsAddons=false sendSmsConfirmation=false | - | SAFE",
                // what overwrites
                "clear=true                                                | -       | SAFE_IN_WINDOW",
                "clear=true suppression=sha256                             | -       | SAFE_IN_WINDOW",
                "clear=false activeStatus=true                             | -       | SAFE_IN_WINDOW",
                "clear=false activeStatus=false                            | -       | SAFE_IN_WINDOW",
                "clear=false activeStatus=false subscriptionAction=create_only | -   | SAFE_IN_WINDOW",
                "clear=false activeStatus=true subscriptionAction=update_only  | -   | SAFE_IN_WINDOW",
                "clear=false subscriptionAction=create_or_update           | -       | SAFE_IN_WINDOW",
                "clear=false subscriptionAction=update_only                | -       | SAFE_IN_WINDOW",
                "clear=false tagsToAdd=1                                   | -       | SAFE_IN_WINDOW",
                "clear=false tagsToRemove=1                                | -       | SAFE_IN_WINDOW",
                "clear=false subscriberTagsToAdd=1                         | -       | SAFE_IN_WINDOW",
                "clear=false subscriberTagsToRemove=1                      | -       | SAFE_IN_WINDOW",
                "clear=false replaceTags=true                              | -       | SAFE_IN_WINDOW",
                "clear=false replaceSubscriberTags=true                    | -       | SAFE_IN_WINDOW",
                "clear=false subscriptionOptions=auto_renews               | -       | SAFE_IN_WINDOW",
                "clear=false                                               | tags    | SAFE_IN_WINDOW",
                "clear=false                                               | replace | SAFE_IN_WINDOW",
                // what reaches people
                "clear=false sourceCampaign=90                             | -       | UNSAFE",
                "clear=false sourcePartner=7                               | -       | UNSAFE",
                "clear=true sourceCampaign=90                              | -       | UNSAFE",
                "clear=false subscriptionAction=create_only sourceCampaign=90 | -    | UNSAFE",
                "clear=false sendSmsConfirmation=true                      | -       | UNSAFE",
                "clear=false createSmsAddons=true smsPhoneVariable=4       | -       | UNSAFE",
                // funnels, only where the segment fires them
                "clear=false                                               | funnels | UNSAFE",
                "clear=false suppressFunnelEvents=false                    | funnels | UNSAFE",
                "clear=false suppressFunnelEvents=true                     | funnels | SAFE",
                "clear=false suppressFunnelEvents=false                    | -       | SAFE",
            })
    void followsFromTheOptions(String options, String more, ResendClass expected) {
        assertThat(ResendClass.of(
                        Samples.options(options), "funnels".equals(more), "tags".equals(more), "replace".equals(more)))
                .isEqualTo(expected);
    }
}
