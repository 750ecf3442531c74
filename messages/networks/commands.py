"""What each role can write: the lines of `hjelp`."""

from __future__ import annotations

from domain.register.models import Role

Group = tuple[str, tuple[str, ...]]
"""A heading, and what one can write under it."""

_WHEEL = "«årshjul» – året i et bilde, og «legg i kalenderen» – datoene i din egen kalender"
EVERYBODY: tuple[str, ...] = (
    "«frister» – rundens datoer, og «møter» – når nettverket møtes",
    _WHEEL,
    "«påminnelser» – pause, færre eller av",
)
"""What a role without anything more can write."""

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
                "«påminnelser» – pause, færre eller av, og «minn meg på fredag» – bare denne ene",
                _WHEEL,
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
                "«påminnelser» – pause, færre eller av, og «minn meg på fredag» – bare denne ene",
                _WHEEL,
            ),
        ),
    ),
    Role.LEADER: (
        (
            "Behovene",
            (
                "«meldte behov» – les, prioriter og si fra hva det blir til",
                "«hvem mangler» – eiere som ikke har sendt",
                "«hvem når du ikke» – de jeg ikke når, og en e-post til dem",
                "«excel» – alle behov som er meldt inn",
                "Send et Excel-ark med ett behov på hver rad, så leser jeg det inn",
                "«registrer behov for» og et navn – det som kom på telefon eller e-post",
            ),
        ),
        (
            "Runden",
            (
                "«sammendrag» – hvem som mangler og hva som venter, og «koble gauldal» i en kanal – tall og temaer dit",
                "«ukentlig sammendrag» – til deg og kanalen hver mandag, også «ukentlig sammendrag av»",
                "«avslutt runden» – det som er åpent, utløper",
                "«slå av skjemaet» – hvis dere tar imot behov på en annen måte",
            ),
        ),
        (
            "Datoer og møter",
            (
                "«bekreft frister» – rundens datoer, og «egen dato» – en dere setter selv",
                "«hva sender du de neste to ukene?» – alt jeg skal sende, og det du vil stoppe",
                "«møter» – når dere møtes, og «nytt møte» – legg inn ett",
                _WHEEL,
                "«beslutningsgrunnlaget er sendt» – da minner jeg ingen om det mer",
                "«påminnelser» – pause, færre eller av, for deg selv",
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
            "Nettverket",
            (
                "«meldte behov» – det eierne har sendt",
                "«excel» – det samme i et regneark",
                *EVERYBODY,
            ),
        ),
    ),
    Role.AUTHORITY: (
        (
            "Barnehagene i kommunen",
            (
                "«sammendrag» – hvordan det står, og «hvem mangler» – de som ikke har svart",
                "«meldte behov» – det du kan lese av det eierne har sendt",
                "«excel» – barnehagene i kommunen, og hvem som har svart",
                *EVERYBODY,
            ),
        ),
    ),
    Role.COUNTY: (
        (
            "Nettverkene",
            (
                "«sammendrag» – nettverkene ved siden av hverandre",
                "«sammendrag gauldal» – ett av dem",
                *EVERYBODY,
            ),
        ),
    ),
}
