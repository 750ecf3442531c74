"""What each role can write: the lines of `hjelp`."""

from __future__ import annotations

from domain.register.models import Role

Group = tuple[str, tuple[str, ...]]
"""A heading, and what one can write under it."""

HELP: dict[Role | None, tuple[Group, ...]] = {
    Role.HEAD: (
        (
            "Melde behov",
            (
                "«meld behov» – ti korte spørsmål, eller «hele skjemaet» – alt på ett kort",
                "«ingen behov» – er også et svar",
                "«fortsett» – gå videre der du slapp",
                "«tilbake» eller «endre tema» – rett et svar, og «utdyp» – si mer",
                "«kopier fra i fjor» – begynn med det du meldte da",
                "Send en fil her, så legger jeg den ved behovet. «vedlegg» viser dem",
            ),
        ),
        (
            "Få med personalet",
            (
                "«ark til personalmøtet» – én side å skrive ut",
                "«spør personalet» i barnehagens egen chat, og «svar fra personalet» her",
            ),
        ),
        (
            "Etterpå",
            (
                "«mine meldinger» – alt du har meldt, og «sett rekkefølge» – hva som er viktigst",
                "«excel» – det du har meldt, i et regneark",
                "«stedfortreder» – noen handler for deg noen uker",
            ),
        ),
    ),
    Role.OWNER: (
        (
            "Behovene fra styrerne",
            (
                "«til behandling» – les og godkjenn, og «godkjenn alle» – alt som venter",
                "«slå sammen» – gjør like behov til ett, og «del opp» – gjør det om",
                "«hvem mangler» og «purr» – minn dem som ikke har svart",
                "«svarfrist» – dagen styrerne skal svare innen",
            ),
        ),
        (
            "Skrive for barnehagene",
            (
                "«felles behov» – skriv ett for flere barnehager",
                "«registrer behov for» og et navn – det som kom på telefon eller e-post",
                "Send et Excel-ark med ett behov på hver rad, så leser jeg det inn",
            ),
        ),
        (
            "Sende videre",
            (
                "«send inn» – samlet til nettverket, eller et tillegg",
                "«felles melding» – send sammen med andre eiere",
                "«excel» – alle behov fra dine barnehager",
                "«stedfortreder» – noen handler for deg noen uker, og «stedfortredere» – hvem det er",
            ),
        ),
    ),
    Role.LEADER: (
        (
            "Behovene",
            (
                "«meldte behov» – les, prioriter og si fra hva det blir til",
                "«hvem mangler» – eiere som ikke har sendt",
                "«excel» – alle behov som er meldt inn",
                "Send et Excel-ark med ett behov på hver rad, så leser jeg det inn",
                "«registrer behov for» og et navn – det som kom på telefon eller e-post",
            ),
        ),
        (
            "Runden",
            (
                "«sammendrag» – tall og temaer, og «koble gauldal» i en kanal – sammendrag dit",
                "«frister» – rundens datoer",
                "«avslutt runden» – det som er åpent, utløper",
                "«slå av skjemaet» – hvis dere tar imot behov på en annen måte",
            ),
        ),
        (
            "Folk og spørsmål",
            (
                "«ny styrer» eller «endre lista» – folk og barnehager, og «stedfortreder»",
                "«spørsmål» – svar på det folk spør deg om",
                "«ubesvarte» – det jeg ikke fant svar på, og «delte svar» – det du har delt",
            ),
        ),
    ),
    Role.UH: (
        (
            "",
            (
                "«meldte behov» – det eierne har sendt",
                "«excel» – det samme i et regneark",
                "«frister» – rundens datoer",
            ),
        ),
    ),
    Role.AUTHORITY: (
        (
            "",
            (
                "«meldte behov» – det du kan lese av det eierne har sendt",
                "«hvem mangler» – barnehager i kommunen som ikke har svart",
                "«excel» – barnehagene i kommunen, og hvem som har svart",
                "«frister» – rundens datoer",
            ),
        ),
    ),
}
