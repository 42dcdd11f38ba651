from django.shortcuts import render


def open_enquiry(request):
    return render(request, "signposting/follow.html")
