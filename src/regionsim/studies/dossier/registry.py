"""The tests of the dossier in their order, each with what it asks and what was agreed to be a pass."""

from __future__ import annotations

from regionsim.studies.dossier.calibration import MOST_STEP, shipped_calibration
from regionsim.studies.dossier.dimensions import dimensional_consistency
from regionsim.studies.dossier.extremes import ends_of_ranges, extreme_conditions
from regionsim.studies.dossier.held_out import LEAST_COVERED, MOST_COVERED, held_out_counties
from regionsim.studies.dossier.hindcast import hindcast
from regionsim.studies.dossier.integration import MOST_CHANGE, integration_error
from regionsim.studies.dossier.knock_outs import loop_knock_outs
from regionsim.studies.dossier.later_knowledge import MOST_EFFECT, WRONG_BY, later_knowledge
from regionsim.studies.dossier.ledgers import closing_ledgers
from regionsim.studies.dossier.parameters import parameter_evidence
from regionsim.studies.dossier.rankings import LEAST_FIRST, LEAST_TAU, policy_rankings
from regionsim.studies.dossier.result import BARLAS, FORREY, Examination
from regionsim.studies.dossier.signs import scenario_signs

EXAMINATIONS: tuple[Examination, ...] = (
    Examination(
        "dimensions",
        "Dimensional consistency",
        "Do both sides of every equation have one unit, in dimension and in size?",
        "no equation, stock, flow or ledger disagrees",
        f"{FORREY}; {BARLAS}, direct structure tests",
        dimensional_consistency,
    ),
    Examination(
        "ledgers",
        "Ledgers",
        "Is nobody, no land and no money lost or made from nothing, at any step of any scenario?",
        "every ledger closes to 1e-9, relative, at every step",
        "conservation of what is counted, asked of this model from its design on",
        closing_ledgers,
    ),
    Examination(
        "extremes",
        "Extreme conditions",
        "Does the model do what is certain where one thing is taken away or driven to its end?",
        "every check holds in its extreme",
        f"{FORREY}; {BARLAS}, direct extreme conditions",
        extreme_conditions,
    ),
    Examination(
        "ends-of-ranges",
        "At the ends of the ranges",
        "Does what must always hold still hold where all parameters stand at an end of their ranges at once?",
        "every check holds in every run",
        f"{BARLAS}, structure-oriented behaviour tests",
        ends_of_ranges,
    ),
    Examination(
        "integration",
        "Error of integration",
        "Is the step small enough that neither it nor the method decides a result?",
        f"halving the step moves no indicator of any county in any year by {MOST_CHANGE:.1%} of its largest value",
        "Sterman 2000, appendix A; extrapolation of Richardson for the order",
        integration_error,
    ),
    Examination(
        "calibration",
        "The shipped calibration",
        "Is the layer that scenarios have by default the optimum of its study, and what did the data say nothing of?",
        f"with this model and these data the optimum is within {MOST_STEP:g} standard deviations of the layer",
        f"{FORREY}, parameter verification; Rahmandad and Sterman 2012, reporting of estimation",
        shipped_calibration,
    ),
    Examination(
        "hindcast",
        "From the census of 2010 to that of 2020",
        "Does the calibrated run come to what was counted and published of 2020, county by county?",
        "in the median county it beats every benchmark that there is for population and urban share",
        f"{BARLAS}, behaviour pattern tests; Sterman 1984, Theil's split of the error",
        hindcast,
    ),
    Examination(
        "later-knowledge",
        "What the run from 2010 knows of later years",
        "Does anything of 2020 enter the run that is scored on 2020, other than the declared calibration?",
        f"no other such input, wrong by {WRONG_BY:.0%}, moves a scored value by more than {MOST_EFFECT:.0%}",
        "hold-out asked of this model from its design on",
        later_knowledge,
    ),
    Examination(
        "held-out",
        "Counties and groups left out",
        "Does what the calibration says of a county that it has not seen hold as often as it says?",
        f"{LEAST_COVERED:.0%} to {MOST_COVERED:.0%} of the values of counties left out one by one lie in the intervals "
        "of 90 %",
        "leave-one-out prediction (Stone 1974); coverage of predictive intervals (Gneiting and Raftery 2007)",
        held_out_counties,
    ),
    Examination(
        "signs",
        "Signs of scenarios",
        "Does a change move things the way it must, whatever the parameters are?",
        "every sign that must hold does in every draw",
        f"{BARLAS}, behaviour sensitivity; {FORREY}, behaviour anomaly",
        scenario_signs,
    ),
    Examination(
        "rankings",
        "Rankings of policies",
        "Does the order of the policies change within the uncertainty of the parameters?",
        f"for each indicator the first policy stays first in {LEAST_FIRST:.0%} of the draws, and the median of "
        f"Kendall's tau against the central order is {LEAST_TAU:g} or more",
        f"{FORREY}, policy sensitivity",
        policy_rankings,
    ),
    Examination(
        "loops",
        "Loops knocked out",
        "Which feedback loops matter, and is there one that the model could do without?",
        f"without each loop some indicator of some county changes by {MOST_CHANGE:.1%} or more, or the run cannot end",
        f"{FORREY}, boundary adequacy; Sterman 2000, loop knockout",
        loop_knock_outs,
    ),
    Examination(
        "parameters",
        "Where the parameters come from",
        "Does every parameter have a source and a range, and which were not read in a source?",
        "no parameter lacks a source or a range",
        f"{FORREY}, parameter verification",
        parameter_evidence,
    ),
)
