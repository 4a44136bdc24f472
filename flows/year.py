"""The year: which flow brings which report up to date, in the order in which the year meets them."""

from arshjul.plan import Kind
from flows.t1 import t1
from flows.t2 import t2
from flows.vb import vb

FLOWS = {
    Kind.T1: t1,  # opens in April, per 30 April
    Kind.T2: t2,  # opens in August, per 31 August
    Kind.VB: vb,  # opens in November, the whole year, decided in January
}
