package dev.livefeed.app.route.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.impl.ParsableMIMEValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets the page of the jar at {@code GET /}. */
class FrontPageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8 | true
                    text/html                                | true
                    TEXT/HTML;q=0.1                          | true
                    text/*                                   | true
                    application/json;q=0.5, text/html        | true
                    */*                                      | false
                    application/json                         | false
                    application/json, text/html              | false
                    application/json, text/html;q=0.9, */*   | false
                    text/html;q=0, */*                       | false
                    text/html;q=0.5, application/*           | false
                    image/png                                | false
                    """)
    void htmlGoesToWhoPrefersIt(String accept, boolean html) {
        List<MIMEHeader> accepted = new ArrayList<>();
        for (String one : accept.split(",")) {
            accepted.add(new ParsableMIMEValue(one.strip()));
        }

        assertThat(FrontPage.wantsHtml(accepted)).isEqualTo(html);
    }

    @Test
    void withoutAnAcceptItIsTheIndex() {
        assertThat(FrontPage.wantsHtml(List.of())).isFalse();
    }
}
