"""Addresses of the desks, the ledger, the case page, downloads, the trace and the figures."""

from django.urls import path

from huiyin.desks import downloads, earlier, figures, lists, promised, saved, together, trace, views
from huiyin.desks.assigning import sheet as assigning_sheet
from huiyin.desks.assigning import views as assigning

app_name = "desks"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("due/<str:code>/", views.group, name="group"),
    path("due/<str:code>/together/", together.together, name="together"),
    path("assigning/", assigning.workbench, name="assigning"),
    path("assigning/screen/", assigning.screen, name="assigning_screen"),
    path("assigning/sheet/", assigning_sheet.sheet, name="assigning_sheet"),
    path("ledger/", lists.ledger, name="ledger"),
    path("ledger/filters/", lists.filters, name="filters"),
    path("ledger/together/", together.selection, name="selection"),
    path("ledger/columns/", lists.columns, name="columns"),
    path("ledger/saved/", saved.saved, name="saved"),
    path("ledger/saved/<int:pk>/", saved.saved_view, name="saved_view"),
    path("ledger/export/", lists.export, name="export"),
    path("ledger/print/", lists.printed, name="printed"),
    path("cases/<int:pk>/", views.case, name="case"),
    path("cases/<int:pk>/follow/", views.follow_item, name="follow"),
    path("cases/<int:pk>/earlier/", earlier.earlier, name="earlier"),
    path("cases/<int:pk>/steps/", views.steps, name="steps"),
    path("replies/<int:pk>/", downloads.reply, name="reply"),
    path("replies/<int:pk>/letters/<int:number>/", downloads.letter, name="letter"),
    path("files/<int:pk>/", downloads.attachment, name="attachment"),
    path("promises/", promised.promises, name="promises"),
    path("promises/units/", promised.by_unit, name="promises_by_unit"),
    path("promises/<int:pk>/", promised.promise, name="promise"),
    path("trace/", trace.trace, name="trace"),
    path("trace/<int:pk>/", trace.event, name="event"),
    path("figures/", figures.figures, name="figures"),
    path("figures/stock/", figures.stock_table, name="stock"),
    path("figures/frozen/<int:pk>/", figures.snapshot, name="snapshot"),
    path("figures/frozen/<int:pk>/circular.docx", figures.frozen_circular, name="frozen_circular"),
    path("figures/<slug:plenary>/circular.docx", figures.circular, name="circular"),
    path("figures/frozen/<int:pk>/<str:code>/", figures.snapshot_rows, name="snapshot_rows"),
    path("figures/<slug:plenary>/<str:code>/", figures.figure_rows, name="figure_rows"),
]
