package io.sluice.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScrubRequestsTest {
    private static final String ONE = """
            {"id": "r1", "receivedAt": "2026-11-20T09:00:00Z", "deadline": "PT72H", "basis": "GDPR Art. 17",
             "action": "erase", "history": "preserve", "selectors": [{"literal": "4f9d-secret"}, {"regex": "A-[0-9]{6}"}]}
            """;
    private static final String OTHER = ONE.replace("r1", "r2").replace("PT72H", "PT24H");

    @Test
    void knowsWhoseSelectorIsWhich() throws ScrubRequest.Unusable {
        ScrubRequests requests = requests(ONE, OTHER.replace("4f9d", "5f9d"));

        assertThat(requests.joined().selectors()).hasSize(4);
        assertThat(requests.joined().due()).isEqualTo(requests.all().get(1).due());
        assertThat(List.of(0, 1, 2, 3)).extracting(requests::requestOf).containsExactly(0, 0, 1, 1);
        assertThat(List.of(0, 1, 2, 3)).extracting(requests::ownNumber).containsExactly(0, 1, 0, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            preserve | purge                                        | they differ in history
            erase    | redact                                       | they differ in action
            "basis"  | "expand": "actor", "basis"                   | they differ in expand
            "basis"  | "scope": {"services": ["shop"]}, "basis"     | they differ in scope
            r2       | r1                                           | two of them have the id r1
            GDPR     | about A-123456                               | holds a value of another
            """)
    void whatCannotBeDoneAtOnceIsRefused(String text, String another, String why) {
        String other = OTHER.replace("A-[0-9]", "B-[0-9]").replace(text, another);
        assertThatThrownBy(() -> requests(ONE, other))
                .isInstanceOf(ScrubRequest.Unusable.class)
                .hasMessageContaining(why);
    }

    private static ScrubRequests requests(String... documents) throws ScrubRequest.Unusable {
        return ScrubRequests.of(List.of(ScrubRequest.read(documents[0]), ScrubRequest.read(documents[1])));
    }
}
